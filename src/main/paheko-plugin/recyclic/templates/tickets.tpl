{include file="_head.tpl" title="Caisse RecyClique : tickets"}

{include file=$nav here="tickets" export=true}

{if $of !== null}
<p>Session {$of} {linkbutton href="tickets.php" label="Voir tous les tickets" shape="menu"}</p>
{/if}

<table class="list">
	<thead>
		<tr>
			<th scope="col">Ticket</th>
			{if $of === null}<th scope="col">Session</th>{/if}
			<th scope="col">Date</th>
			<th scope="col" class="num">Total</th>
			<th scope="col" class="num">Lignes</th>
			<th scope="col">Paiements</th>
			<th scope="col">Reçu</th>
		</tr>
	</thead>
	<tbody>
	{foreach from=$tickets item="row"}
		<tr>
			<td>{$row.sale}</td>
			{if $of === null}<td><a href="tickets.php?session={$row.session|rawurlencode}">{$row.session}</a></td>{/if}
			<td>{$row.date}</td>
			<td class="num">{$row.amount|recyclic_euros}</td>
			<td class="num">{$row.lines}</td>
			<td>{$row.payments}</td>
			<td>{$row.received}</td>
		</tr>
	{/foreach}
	</tbody>
</table>

<?php $previous = $page - 1; $next = $page + 1; ?>
{include file=$paging}

{include file="_foot.tpl"}
